<?xml version="1.0" encoding="UTF-8"?>
<!-- help: everything recorded, by topic and issue, then actions and what stays open -->
<!--
  Session notes. The input is the notes document, the output a small subset of XHTML: see
  memobook-templates(5). To change a label, the order or the choice of sections, copy this
  file to ~/.local/share/memobook/templates/ and change the parameters, or write a template
  that imports "stock:session-notes.xsl" and sets them.
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns="http://www.w3.org/1999/xhtml">

  <!-- What is printed, in this order. Take a word away to hide a section. -->
  <xsl:param name="sections" select="'head topics recommendations actions carried closing'"/>
  <!-- yes: annotations of a kind stand together; no: in the order they were made. -->
  <xsl:param name="group-notes" select="'no'"/>
  <!-- yes: the memo's background paragraphs of each topic too. -->
  <xsl:param name="background" select="'no'"/>
  <!-- yes: issues that nothing was recorded about appear, briefly. -->
  <xsl:param name="untouched" select="'yes'"/>

  <!-- Labels: the head. -->
  <xsl:param name="document-title" select="'Session notes'"/>
  <xsl:param name="label-by" select="'by'"/>
  <xsl:param name="label-meeting" select="'Meeting'"/>
  <xsl:param name="label-host" select="'Host'"/>
  <xsl:param name="label-place" select="'Place'"/>
  <xsl:param name="label-dates" select="'Dates'"/>
  <xsl:param name="label-sides" select="'Sides'"/>
  <xsl:param name="label-issues" select="'Issues'"/>
  <xsl:param name="label-outcome" select="'Outcome'"/>
  <xsl:param name="label-time" select="'Time'"/>
  <xsl:param name="label-in-all" select="'in all'"/>
  <xsl:param name="label-discussed" select="'discussed'"/>
  <xsl:param name="label-none-discussed" select="'none discussed'"/>
  <xsl:param name="label-answered" select="'answered'"/>
  <xsl:param name="label-of-discussion" select="'of discussion'"/>

  <!-- Labels: an issue. -->
  <xsl:param name="label-answer" select="'Answer'"/>
  <xsl:param name="label-positions" select="'Positions'"/>
  <xsl:param name="label-one-side" select="'One side'"/>
  <xsl:param name="label-another-side" select="'Another side'"/>
  <xsl:param name="label-notes" select="'Annotations'"/>
  <xsl:param name="label-actions" select="'Actions'"/>
  <xsl:param name="label-earlier" select="'Earlier'"/>
  <xsl:param name="label-priority" select="'Priority'"/>
  <xsl:param name="label-discussed-for" select="'Discussed for'"/>
  <xsl:param name="label-time-box" select="'of'"/>
  <xsl:param name="label-addressed" select="'Addressed to'"/>
  <xsl:param name="label-raised" select="'Raised in the room'"/>
  <xsl:param name="label-original" select="'Reworded in the room. The memo has'"/>
  <xsl:param name="label-on" select="'on'"/>
  <xsl:param name="label-and" select="'and'"/>
  <xsl:param name="text-not-discussed" select="'Not discussed.'"/>
  <xsl:param name="text-under-discussion" select="'Under discussion.'"/>
  <xsl:param name="text-nothing-recorded" select="'Discussed; nothing recorded.'"/>

  <!-- Labels: outcomes. -->
  <xsl:param name="outcome-open" select="'Open'"/>
  <xsl:param name="outcome-answered" select="'Answered'"/>
  <xsl:param name="outcome-under-discussion" select="'Under discussion'"/>
  <xsl:param name="outcome-discussed" select="'Discussed'"/>
  <xsl:param name="outcome-agreed" select="'Agreed'"/>
  <xsl:param name="outcome-agreed-ad-referendum" select="'Agreed ad referendum'"/>
  <xsl:param name="outcome-bracketed" select="'Bracketed'"/>
  <xsl:param name="outcome-deferred" select="'Deferred'"/>
  <xsl:param name="outcome-no-agreement" select="'No agreement'"/>
  <xsl:param name="outcome-noted" select="'Noted'"/>
  <xsl:param name="outcome-withdrawn" select="'Withdrawn'"/>

  <!-- Labels: kinds of annotation. -->
  <xsl:param name="kind-comment" select="'Comment'"/>
  <xsl:param name="kind-for" select="'For'"/>
  <xsl:param name="kind-against" select="'Against'"/>
  <xsl:param name="kind-proposal" select="'Proposal'"/>
  <xsl:param name="kind-question" select="'Question'"/>
  <xsl:param name="kind-fact" select="'Fact'"/>

  <!-- Labels: action items, what is carried forward, the end. -->
  <xsl:param name="title-actions" select="'Action items'"/>
  <xsl:param name="head-number" select="'No.'"/>
  <xsl:param name="head-action" select="'Action'"/>
  <xsl:param name="head-owner" select="'Owner'"/>
  <xsl:param name="head-due" select="'Due'"/>
  <xsl:param name="head-issue" select="'Issue'"/>
  <xsl:param name="label-due" select="'by'"/>
  <xsl:param name="title-carried" select="'Carried forward'"/>
  <xsl:param name="carried-bracketed" select="'Text in brackets'"/>
  <xsl:param name="carried-deferred" select="'Deferred'"/>
  <xsl:param name="carried-open" select="'Open'"/>
  <xsl:param name="carried-no-answer" select="'Without an answer'"/>
  <xsl:param name="title-recommendations" select="'Policy Recommendations'"/>
  <xsl:param name="text-closing" select="'End of the session notes, as of'"/>
  <xsl:param name="text-chatham-house"
             select="'The meeting was held under the Chatham House Rule: neither the identity nor the affiliation of a speaker is revealed.'"/>
  <xsl:param name="text-attribution-side"
             select="'Statements are attributed to sides only, not to persons.'"/>
  <xsl:param name="text-attribution-none"
             select="'Statements are not attributed.'"/>

  <xsl:variable name="nbsp" select="'&#160;'"/>
  <xsl:variable name="dot" select="'&#160;· '"/>

  <xsl:template match="/notes">
    <html lang="{@lang}">
      <head>
        <title><xsl:value-of select="concat($document-title, ': ', memo/title)"/></title>
        <xsl:for-each select="memo/author">
          <meta name="author" content="{.}"/>
        </xsl:for-each>
        <meta name="subject" content="{memo/meeting/name}"/>
        <meta name="date" content="{@day}"/>
      </head>
      <body>
        <xsl:call-template name="section">
          <xsl:with-param name="names" select="normalize-space($sections)"/>
        </xsl:call-template>
      </body>
    </html>
  </xsl:template>

  <!-- The sections, one word after the other. -->
  <xsl:template name="section">
    <xsl:param name="names"/>
    <xsl:variable name="name" select="substring-before(concat($names, ' '), ' ')"/>
    <xsl:variable name="rest" select="substring-after($names, ' ')"/>
    <xsl:choose>
      <xsl:when test="$name = 'head'"><xsl:call-template name="head"/></xsl:when>
      <xsl:when test="$name = 'topics'"><xsl:apply-templates select="topic"/></xsl:when>
      <xsl:when test="$name = 'recommendations'">
        <xsl:apply-templates select="recommendations"/>
      </xsl:when>
      <xsl:when test="$name = 'actions'">
        <xsl:apply-templates select="actions[action]"/>
      </xsl:when>
      <xsl:when test="$name = 'carried'">
        <xsl:apply-templates select="carried[issue]"/>
      </xsl:when>
      <xsl:when test="$name = 'closing'"><xsl:call-template name="closing"/></xsl:when>
    </xsl:choose>
    <xsl:if test="$rest">
      <xsl:call-template name="section">
        <xsl:with-param name="names" select="$rest"/>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>

  <!-- The title block. -->
  <xsl:template name="head">
    <div class="title">
      <p class="genre"><xsl:value-of select="$document-title"/></p>
      <h1><xsl:apply-templates select="memo/title/node()"/></h1>
      <xsl:if test="memo/genre or memo/author">
        <p class="subtitle">
          <xsl:value-of select="memo/genre"/>
          <xsl:for-each select="memo/author">
            <xsl:choose>
              <xsl:when test="position() > 1">
                <xsl:text>; </xsl:text>
              </xsl:when>
              <xsl:when test="../genre">
                <xsl:value-of select="concat(' ', $label-by, ' ')"/>
              </xsl:when>
            </xsl:choose>
            <xsl:value-of select="translate(., ' ', $nbsp)"/>
            <xsl:if test="@role">, <xsl:value-of select="@role"/></xsl:if>
          </xsl:for-each>
        </p>
      </xsl:if>
      <xsl:if test="memo/meeting or memo/side or totals/@issues > 0">
        <dl class="facts">
          <xsl:apply-templates select="memo/meeting"/>
          <xsl:if test="memo/side">
            <dt><xsl:value-of select="$label-sides"/></dt>
            <dd>
              <xsl:for-each select="memo/side">
                <xsl:if test="position() > 1">, </xsl:if>
                <xsl:value-of select="."/>
              </xsl:for-each>
            </dd>
          </xsl:if>
          <xsl:apply-templates select="totals"/>
        </dl>
      </xsl:if>
    </div>
  </xsl:template>

  <xsl:template match="meeting">
    <xsl:if test="name">
      <dt><xsl:value-of select="$label-meeting"/></dt>
      <dd><xsl:value-of select="name"/></dd>
    </xsl:if>
    <xsl:if test="host">
      <dt><xsl:value-of select="$label-host"/></dt>
      <dd><xsl:value-of select="host"/></dd>
    </xsl:if>
    <xsl:if test="place">
      <dt><xsl:value-of select="$label-place"/></dt>
      <dd><xsl:value-of select="place"/></dd>
    </xsl:if>
    <xsl:if test="@dates">
      <dt><xsl:value-of select="$label-dates"/></dt>
      <dd><xsl:value-of select="@dates"/></dd>
    </xsl:if>
  </xsl:template>

  <xsl:template match="totals">
    <xsl:if test="@issues > 0">
      <dt><xsl:value-of select="$label-issues"/></dt>
      <dd>
        <xsl:value-of select="concat(@issues, $nbsp, $label-in-all, ', ')"/>
        <xsl:choose>
          <xsl:when test="@discussed = 0 and @answered = 0">
            <xsl:value-of select="$label-none-discussed"/>
          </xsl:when>
          <xsl:otherwise>
            <xsl:value-of select="concat(@discussed, $nbsp, $label-discussed, ', ',
                                         @answered, $nbsp, $label-answered)"/>
          </xsl:otherwise>
        </xsl:choose>
      </dd>
    </xsl:if>
    <xsl:if test="disposition[@code != 'open']">
      <dt><xsl:value-of select="$label-outcome"/></dt>
      <dd>
        <xsl:for-each select="disposition[@code != 'open']">
          <xsl:if test="position() > 1">, </xsl:if>
          <xsl:value-of select="concat(@count, $nbsp, @words)"/>
        </xsl:for-each>
      </dd>
    </xsl:if>
    <xsl:if test="@spent-words">
      <dt><xsl:value-of select="$label-time"/></dt>
      <dd><xsl:value-of select="concat(@spent-words, ' ', $label-of-discussion)"/></dd>
    </xsl:if>
  </xsl:template>

  <!-- A topic. -->
  <xsl:template match="topic">
    <section class="topic" id="{@id}">
      <h2>
        <xsl:value-of select="concat(@id, '.', $nbsp)"/>
        <xsl:apply-templates select="title/node()"/>
      </h2>
      <xsl:if test="statement">
        <p class="statement"><xsl:apply-templates select="statement/node()"/></p>
      </xsl:if>
      <xsl:if test="$background = 'yes'"><xsl:apply-templates select="p"/></xsl:if>
      <xsl:apply-templates select="issue"/>
    </section>
  </xsl:template>

  <xsl:template match="recommendations">
    <section class="recommendations" id="{@id}">
      <h2>
        <xsl:choose>
          <xsl:when test="title"><xsl:apply-templates select="title/node()"/></xsl:when>
          <xsl:otherwise><xsl:value-of select="$title-recommendations"/></xsl:otherwise>
        </xsl:choose>
      </h2>
      <xsl:apply-templates select="issue"/>
    </section>
  </xsl:template>

  <!-- An issue that nothing was recorded about: briefly. -->
  <xsl:template match="issue">
    <xsl:if test="$untouched = 'yes'">
      <p class="brief" id="{@ref}">
        <strong class="cite"><xsl:value-of select="@cite"/></strong>
        <xsl:text> </xsl:text>
        <xsl:for-each select="p">
          <xsl:if test="position() > 1"><xsl:text> </xsl:text></xsl:if>
          <xsl:apply-templates select="node()"/>
        </xsl:for-each>
        <xsl:if test="not(parent::recommendations) or @progress != 'not-discussed'">
          <br/>
          <span class="quiet">
            <xsl:choose>
              <xsl:when test="@progress = 'discussed'">
                <xsl:value-of select="$text-nothing-recorded"/>
              </xsl:when>
              <xsl:when test="@progress = 'under-discussion'">
                <xsl:value-of select="$text-under-discussion"/>
              </xsl:when>
              <xsl:otherwise><xsl:value-of select="$text-not-discussed"/></xsl:otherwise>
            </xsl:choose>
            <xsl:if test="@priority">
              <xsl:value-of select="concat(' ', $label-priority, $nbsp, @priority, '.')"/>
            </xsl:if>
          </span>
        </xsl:if>
      </p>
    </xsl:if>
  </xsl:template>

  <!-- An issue with a record. -->
  <xsl:template match="issue[@recorded = 'yes']">
    <section class="issue" id="{@ref}">
      <h3>
        <strong class="cite"><xsl:value-of select="@cite"/></strong>
        <xsl:text> </xsl:text>
        <xsl:call-template name="outcome"/>
      </h3>
      <xsl:call-template name="question"/>
      <xsl:call-template name="meta"/>
      <xsl:if test="original">
        <p class="meta">
          <xsl:value-of select="concat($label-original, ': ')"/>
          <xsl:for-each select="original/p">
            <xsl:if test="position() > 1"><xsl:text> </xsl:text></xsl:if>
            <xsl:apply-templates select="node()"/>
          </xsl:for-each>
        </p>
      </xsl:if>
      <xsl:if test="answer[not(@sub)] or position or note or action or
                    disposition[p] or count(disposition) > 1">
        <dl class="record">
          <xsl:if test="answer[not(@sub)]">
            <dt><xsl:value-of select="$label-answer"/></dt>
            <dd>
              <xsl:for-each select="answer[not(@sub)]">
                <xsl:call-template name="body"/>
              </xsl:for-each>
            </dd>
          </xsl:if>
          <xsl:call-template name="history"/>
          <xsl:if test="position">
            <dt><xsl:value-of select="$label-positions"/></dt>
            <dd><ul class="plain"><xsl:apply-templates select="position"/></ul></dd>
          </xsl:if>
          <xsl:if test="note">
            <dt><xsl:value-of select="$label-notes"/></dt>
            <dd><ul class="plain"><xsl:call-template name="notes"/></ul></dd>
          </xsl:if>
          <xsl:if test="action">
            <dt><xsl:value-of select="$label-actions"/></dt>
            <dd><ul class="plain"><xsl:apply-templates select="action"/></ul></dd>
          </xsl:if>
        </dl>
      </xsl:if>
    </section>
  </xsl:template>

  <!-- The outcome in words; without one, how far the issue came. -->
  <xsl:template name="outcome">
    <xsl:variable name="code">
      <xsl:choose>
        <xsl:when test="@disposition != 'open'">
          <xsl:value-of select="@disposition"/>
        </xsl:when>
        <xsl:when test="@progress = 'under-discussion'">under-discussion</xsl:when>
        <xsl:when test="@answered = 'yes' and not(@carried)">answered</xsl:when>
        <xsl:when test="parent::recommendations">discussed</xsl:when>
        <xsl:otherwise>open</xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <span class="outcome {$code}">
      <xsl:call-template name="outcome-words">
        <xsl:with-param name="code" select="$code"/>
      </xsl:call-template>
    </span>
  </xsl:template>

  <xsl:template name="outcome-words">
    <xsl:param name="code"/>
    <xsl:choose>
      <xsl:when test="$code = 'open'"><xsl:value-of select="$outcome-open"/></xsl:when>
      <xsl:when test="$code = 'answered'"><xsl:value-of select="$outcome-answered"/></xsl:when>
      <xsl:when test="$code = 'under-discussion'">
        <xsl:value-of select="$outcome-under-discussion"/>
      </xsl:when>
      <xsl:when test="$code = 'discussed'"><xsl:value-of select="$outcome-discussed"/></xsl:when>
      <xsl:when test="$code = 'agreed'"><xsl:value-of select="$outcome-agreed"/></xsl:when>
      <xsl:when test="$code = 'agreed-ad-referendum'">
        <xsl:value-of select="$outcome-agreed-ad-referendum"/>
      </xsl:when>
      <xsl:when test="$code = 'bracketed'"><xsl:value-of select="$outcome-bracketed"/></xsl:when>
      <xsl:when test="$code = 'deferred'"><xsl:value-of select="$outcome-deferred"/></xsl:when>
      <xsl:when test="$code = 'no-agreement'">
        <xsl:value-of select="$outcome-no-agreement"/>
      </xsl:when>
      <xsl:when test="$code = 'noted'"><xsl:value-of select="$outcome-noted"/></xsl:when>
      <xsl:when test="$code = 'withdrawn'"><xsl:value-of select="$outcome-withdrawn"/></xsl:when>
    </xsl:choose>
  </xsl:template>

  <!-- The text; the answer to a sub-question stands below it. -->
  <xsl:template name="question">
    <xsl:variable name="issue" select="."/>
    <xsl:choose>
      <xsl:when test="@questions">
        <ol class="questions">
          <xsl:for-each select="p">
            <xsl:variable name="answer" select="$issue/answer[@sub = current()/@n]"/>
            <li>
              <xsl:choose>
                <xsl:when test="$answer">
                  <p><xsl:apply-templates select="node()"/></p>
                  <xsl:for-each select="$answer">
                    <xsl:call-template name="paragraphs">
                      <xsl:with-param name="label" select="$label-answer"/>
                    </xsl:call-template>
                  </xsl:for-each>
                </xsl:when>
                <xsl:otherwise><xsl:apply-templates select="node()"/></xsl:otherwise>
              </xsl:choose>
            </li>
          </xsl:for-each>
        </ol>
      </xsl:when>
      <xsl:otherwise>
        <p class="question"><xsl:apply-templates select="p/node()"/></p>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- Priority 1 · Discussed for 12 min of 15 min · Addressed to … -->
  <xsl:template name="meta">
    <xsl:if test="@priority or @spent-words or addressee or @raised">
      <p class="meta">
        <xsl:if test="@priority">
          <xsl:value-of select="concat($label-priority, $nbsp, @priority)"/>
        </xsl:if>
        <xsl:if test="@raised">
          <xsl:if test="@priority"><xsl:value-of select="$dot"/></xsl:if>
          <xsl:value-of select="$label-raised"/>
        </xsl:if>
        <xsl:if test="@spent-words">
          <xsl:if test="@priority or @raised"><xsl:value-of select="$dot"/></xsl:if>
          <xsl:value-of select="concat($label-discussed-for, ' ', @spent-words)"/>
          <xsl:if test="@minutes">
            <xsl:value-of select="concat(' ', $label-time-box, ' ', @minutes, $nbsp, 'min')"/>
          </xsl:if>
        </xsl:if>
        <xsl:if test="addressee">
          <xsl:if test="@priority or @raised or @spent-words">
            <xsl:value-of select="$dot"/>
          </xsl:if>
          <xsl:value-of select="concat($label-addressed, ' ')"/>
          <xsl:for-each select="addressee">
            <xsl:choose>
              <xsl:when test="position() = 1"/>
              <xsl:when test="position() = last()">
                <xsl:value-of select="concat(' ', $label-and, ' ')"/>
              </xsl:when>
              <xsl:otherwise>, </xsl:otherwise>
            </xsl:choose>
            <xsl:value-of select="."/>
          </xsl:for-each>
        </xsl:if>
      </p>
    </xsl:if>
  </xsl:template>

  <!-- The reason for the outcome, and what it was before. -->
  <xsl:template name="history">
    <xsl:if test="disposition[p] or count(disposition) > 1">
      <dt><xsl:value-of select="$label-outcome"/></dt>
      <dd>
        <xsl:choose>
          <xsl:when test="count(disposition) = 1">
            <xsl:for-each select="disposition"><xsl:call-template name="step"/></xsl:for-each>
          </xsl:when>
          <xsl:otherwise>
            <ul class="plain">
              <li>
                <xsl:for-each select="disposition[@last]">
                  <xsl:call-template name="step"/>
                </xsl:for-each>
              </li>
              <xsl:for-each select="disposition[not(@last)]">
                <li>
                  <xsl:value-of select="concat($label-earlier, ', ', @day-words, ', ',
                                               @time, ': ')"/>
                  <xsl:call-template name="step"/>
                </li>
              </xsl:for-each>
            </ul>
          </xsl:otherwise>
        </xsl:choose>
      </dd>
    </xsl:if>
  </xsl:template>

  <xsl:template name="step">
    <xsl:call-template name="outcome-words">
      <xsl:with-param name="code" select="@code"/>
    </xsl:call-template>
    <xsl:for-each select="p">
      <xsl:value-of select="substring(': ', 1 + (position() > 1))"/>
      <xsl:value-of select="."/>
    </xsl:for-each>
  </xsl:template>

  <!-- Positions and annotations: a label, then the text. -->
  <xsl:template match="position">
    <xsl:variable name="who">
      <xsl:choose>
        <xsl:when test="@by"><xsl:value-of select="@by"/></xsl:when>
        <xsl:when test="position() = 1"><xsl:value-of select="$label-one-side"/></xsl:when>
        <xsl:otherwise><xsl:value-of select="$label-another-side"/></xsl:otherwise>
      </xsl:choose>
      <xsl:if test="@sub"><xsl:value-of select="concat(', ', $label-on, ' ', @cite)"/></xsl:if>
    </xsl:variable>
    <li>
      <xsl:call-template name="body">
        <xsl:with-param name="label" select="$who"/>
      </xsl:call-template>
    </li>
  </xsl:template>

  <xsl:template name="notes">
    <xsl:choose>
      <xsl:when test="$group-notes = 'yes'">
        <xsl:apply-templates select="note[@kind = 'fact']"/>
        <xsl:apply-templates select="note[@kind = 'for']"/>
        <xsl:apply-templates select="note[@kind = 'against']"/>
        <xsl:apply-templates select="note[@kind = 'proposal']"/>
        <xsl:apply-templates select="note[@kind = 'question']"/>
        <xsl:apply-templates select="note[@kind = 'comment']"/>
      </xsl:when>
      <xsl:otherwise><xsl:apply-templates select="note"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="note">
    <xsl:variable name="what">
      <xsl:choose>
        <xsl:when test="@kind = 'for'"><xsl:value-of select="$kind-for"/></xsl:when>
        <xsl:when test="@kind = 'against'"><xsl:value-of select="$kind-against"/></xsl:when>
        <xsl:when test="@kind = 'proposal'"><xsl:value-of select="$kind-proposal"/></xsl:when>
        <xsl:when test="@kind = 'question'"><xsl:value-of select="$kind-question"/></xsl:when>
        <xsl:when test="@kind = 'fact'"><xsl:value-of select="$kind-fact"/></xsl:when>
        <xsl:otherwise><xsl:value-of select="$kind-comment"/></xsl:otherwise>
      </xsl:choose>
      <xsl:if test="@sub"><xsl:value-of select="concat(', ', $label-on, ' ', @cite)"/></xsl:if>
      <xsl:if test="@by"><xsl:value-of select="concat(' (', @by, ')')"/></xsl:if>
    </xsl:variable>
    <li>
      <xsl:call-template name="body">
        <xsl:with-param name="label" select="$what"/>
      </xsl:call-template>
    </li>
  </xsl:template>

  <!-- Under its issue. -->
  <xsl:template match="action">
    <li>
      <xsl:for-each select="p">
        <xsl:if test="position() > 1"><br/></xsl:if>
        <xsl:value-of select="."/>
      </xsl:for-each>
      <xsl:if test="@by or @due">
        <xsl:text> (</xsl:text>
        <xsl:value-of select="@by"/>
        <xsl:if test="@by and @due">, </xsl:if>
        <xsl:if test="@due">
          <xsl:value-of select="concat($label-due, $nbsp, translate(@due-words, ' ', $nbsp))"/>
        </xsl:if>
        <xsl:text>)</xsl:text>
      </xsl:if>
    </li>
  </xsl:template>

  <!-- A text of one paragraph stands in the line of its label; of several, in their own. -->
  <xsl:template name="body">
    <xsl:param name="label"/>
    <xsl:choose>
      <xsl:when test="count(p) > 1">
        <xsl:call-template name="paragraphs">
          <xsl:with-param name="label" select="$label"/>
        </xsl:call-template>
      </xsl:when>
      <xsl:otherwise>
        <xsl:if test="string($label)">
          <strong class="label"><xsl:value-of select="concat($label, ':')"/></strong>
          <xsl:text> </xsl:text>
        </xsl:if>
        <xsl:value-of select="p"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="paragraphs">
    <xsl:param name="label"/>
    <xsl:for-each select="p">
      <p>
        <xsl:if test="position() = 1 and string($label)">
          <strong class="label"><xsl:value-of select="concat($label, ':')"/></strong>
          <xsl:text> </xsl:text>
        </xsl:if>
        <xsl:value-of select="."/>
      </p>
    </xsl:for-each>
  </xsl:template>

  <!-- Action items. -->
  <xsl:template match="actions">
    <section class="actions">
      <h2><xsl:value-of select="$title-actions"/></h2>
      <table>
        <thead>
          <tr>
            <th><xsl:value-of select="$head-number"/></th>
            <th><xsl:value-of select="$head-action"/></th>
            <xsl:if test="@owned > 0"><th><xsl:value-of select="$head-owner"/></th></xsl:if>
            <xsl:if test="@dated > 0"><th><xsl:value-of select="$head-due"/></th></xsl:if>
            <th><xsl:value-of select="$head-issue"/></th>
          </tr>
        </thead>
        <tbody>
          <xsl:apply-templates select="action" mode="row"/>
        </tbody>
      </table>
    </section>
  </xsl:template>

  <xsl:template match="action" mode="row">
    <tr>
      <td><xsl:value-of select="@n"/></td>
      <td>
        <xsl:for-each select="p">
          <xsl:if test="position() > 1"><br/></xsl:if>
          <xsl:value-of select="."/>
        </xsl:for-each>
      </td>
      <xsl:if test="../@owned > 0"><td><xsl:value-of select="@by"/></td></xsl:if>
      <xsl:if test="../@dated > 0">
        <td><xsl:value-of select="translate(@due-words, ' ', $nbsp)"/></td>
      </xsl:if>
      <td><a href="#{@ref}"><xsl:value-of select="@cite"/></a></td>
    </tr>
  </xsl:template>

  <!-- Carried forward: by reason. -->
  <xsl:template match="carried">
    <section class="carried">
      <h2><xsl:value-of select="$title-carried"/></h2>
      <xsl:call-template name="carried-part">
        <xsl:with-param name="title" select="$carried-bracketed"/>
        <xsl:with-param name="issues" select="issue[@carried = 'bracketed']"/>
      </xsl:call-template>
      <xsl:call-template name="carried-part">
        <xsl:with-param name="title" select="$carried-deferred"/>
        <xsl:with-param name="issues" select="issue[@carried = 'deferred']"/>
      </xsl:call-template>
      <xsl:call-template name="carried-part">
        <xsl:with-param name="title" select="$carried-open"/>
        <xsl:with-param name="issues" select="issue[@carried = 'open']"/>
      </xsl:call-template>
      <xsl:if test="issue[@carried = 'no-answer']">
        <h3><xsl:value-of select="$carried-no-answer"/></h3>
        <p>
          <xsl:for-each select="issue[@carried = 'no-answer']">
            <xsl:if test="position() > 1">, </xsl:if>
            <a href="#{@ref}"><xsl:value-of select="@cite"/></a>
          </xsl:for-each>
        </p>
      </xsl:if>
    </section>
  </xsl:template>

  <xsl:template name="carried-part">
    <xsl:param name="title"/>
    <xsl:param name="issues"/>
    <xsl:if test="$issues">
      <h3><xsl:value-of select="$title"/></h3>
      <xsl:for-each select="$issues">
        <p class="brief">
          <strong class="cite"><a href="#{@ref}"><xsl:value-of select="@cite"/></a></strong>
          <xsl:text> </xsl:text>
          <xsl:for-each select="p">
            <xsl:if test="position() > 1"><xsl:text> </xsl:text></xsl:if>
            <xsl:apply-templates select="node()"/>
          </xsl:for-each>
        </p>
      </xsl:for-each>
    </xsl:if>
  </xsl:template>

  <!-- The closing line. -->
  <xsl:template name="closing">
    <hr/>
    <p class="closing">
      <xsl:value-of select="concat($text-closing, ' ', translate(@day-words, ' ', $nbsp), ', ',
                                   @time, '. ')"/>
      <xsl:choose>
        <xsl:when test="@attribution = 'none' and @rule = 'chatham-house'">
          <xsl:value-of select="$text-chatham-house"/>
        </xsl:when>
        <xsl:when test="@attribution = 'none'">
          <xsl:value-of select="$text-attribution-none"/>
        </xsl:when>
        <xsl:when test="@attribution = 'side'">
          <xsl:value-of select="$text-attribution-side"/>
        </xsl:when>
      </xsl:choose>
    </p>
  </xsl:template>

  <!-- Texts of the memo. -->
  <xsl:template match="p"><p><xsl:apply-templates/></p></xsl:template>
  <xsl:template match="em"><em><xsl:apply-templates/></em></xsl:template>
</xsl:stylesheet>
