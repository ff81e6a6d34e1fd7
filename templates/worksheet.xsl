<?xml version="1.0" encoding="UTF-8"?>
<!-- help: the handout before the meeting: each issue with room to write -->
<!--
  Worksheet: every issue, with ruled lines to write on, and what stands already where it
  comes from an earlier meeting. See memobook-templates(5). To change a label, copy this
  file to ~/.local/share/memobook/templates/ and change the parameters.
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns="http://www.w3.org/1999/xhtml">
  <xsl:import href="stock:parts.xsl"/>

  <!-- What is printed, in this order. Take a word away to hide a section. -->
  <xsl:param name="sections" select="'head topics recommendations other'"/>
  <!-- yes: the memo's background paragraphs of each topic too. -->
  <xsl:param name="background" select="'no'"/>
  <!-- yes: the outcome and the answer that an issue has already. -->
  <xsl:param name="standing" select="'yes'"/>
  <!-- Ruled lines: below an issue, a sub-question, a recommendation, at the end. -->
  <xsl:param name="lines-issue" select="4"/>
  <xsl:param name="lines-question" select="3"/>
  <xsl:param name="lines-recommendation" select="3"/>
  <xsl:param name="lines-other" select="6"/>

  <xsl:param name="document-title" select="'Worksheet'"/>
  <xsl:param name="label-addressed" select="'Addressed to'"/>
  <xsl:param name="label-priority" select="'Priority'"/>
  <xsl:param name="label-minutes" select="'min'"/>
  <xsl:param name="label-raised" select="'Raised in the room'"/>
  <xsl:param name="label-supports" select="'Rests on'"/>
  <xsl:param name="label-standing" select="'So far'"/>
  <xsl:param name="label-answer" select="'answer recorded'"/>
  <xsl:param name="title-other" select="'Other matters'"/>

  <xsl:template name="part">
    <xsl:param name="name"/>
    <xsl:choose>
      <xsl:when test="$name = 'head'"><xsl:call-template name="head"/></xsl:when>
      <xsl:when test="$name = 'topics'"><xsl:apply-templates select="topic"/></xsl:when>
      <xsl:when test="$name = 'recommendations'">
        <xsl:apply-templates select="recommendations[issue]"/>
      </xsl:when>
      <xsl:when test="$name = 'other'">
        <section class="other">
          <h2><xsl:value-of select="$title-other"/></h2>
          <xsl:call-template name="rules">
            <xsl:with-param name="count" select="$lines-other"/>
          </xsl:call-template>
        </section>
      </xsl:when>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="topic">
    <section class="topic" id="{@id}">
      <h2>
        <xsl:value-of select="concat(@id, '.', $nbsp)"/>
        <xsl:apply-templates select="title/node()"/>
      </h2>
      <xsl:if test="statement">
        <p class="statement"><xsl:apply-templates select="statement/node()"/></p>
      </xsl:if>
      <xsl:if test="$background = 'yes'">
        <xsl:for-each select="p">
          <p><xsl:apply-templates select="node()"/></p>
        </xsl:for-each>
      </xsl:if>
      <xsl:apply-templates select="issue"/>
    </section>
  </xsl:template>

  <xsl:template match="recommendations">
    <section class="recommendations" id="{@id}">
      <xsl:call-template name="recommendations-title"/>
      <xsl:apply-templates select="issue"/>
    </section>
  </xsl:template>

  <xsl:template match="issue">
    <section class="worksheet" id="{@ref}">
      <xsl:choose>
        <xsl:when test="@questions">
          <xsl:variable name="meta"><xsl:call-template name="meta"/></xsl:variable>
          <xsl:for-each select="p">
            <p class="brief">
              <strong class="cite"><xsl:value-of select="@cite"/></strong>
              <xsl:text> </xsl:text>
              <xsl:apply-templates select="node()"/>
              <xsl:if test="position() = 1"><xsl:copy-of select="$meta"/></xsl:if>
            </p>
            <xsl:call-template name="rules">
              <xsl:with-param name="count" select="$lines-question"/>
            </xsl:call-template>
          </xsl:for-each>
        </xsl:when>
        <xsl:otherwise>
          <p class="brief">
            <strong class="cite"><xsl:value-of select="@cite"/></strong>
            <xsl:text> </xsl:text>
            <xsl:call-template name="issue-text"/>
            <xsl:call-template name="meta"/>
          </p>
          <xsl:call-template name="rules">
            <xsl:with-param name="count">
              <xsl:choose>
                <xsl:when test="parent::recommendations">
                  <xsl:value-of select="$lines-recommendation"/>
                </xsl:when>
                <xsl:otherwise><xsl:value-of select="$lines-issue"/></xsl:otherwise>
              </xsl:choose>
            </xsl:with-param>
          </xsl:call-template>
        </xsl:otherwise>
      </xsl:choose>
    </section>
  </xsl:template>

  <!-- Priority 1 · 15 min · Addressed to …, and what stands already: a line each. -->
  <xsl:template name="meta">
    <xsl:if test="@priority or @minutes or @raised or addressee">
      <br/>
      <span class="quiet">
        <xsl:if test="@priority">
          <xsl:value-of select="concat($label-priority, $nbsp, @priority)"/>
        </xsl:if>
        <xsl:if test="@minutes">
          <xsl:if test="@priority"><xsl:value-of select="$dot"/></xsl:if>
          <xsl:value-of select="concat(@minutes, $nbsp, $label-minutes)"/>
        </xsl:if>
        <xsl:if test="@raised">
          <xsl:if test="@priority or @minutes"><xsl:value-of select="$dot"/></xsl:if>
          <xsl:value-of select="$label-raised"/>
        </xsl:if>
        <xsl:if test="addressee">
          <xsl:if test="@priority or @minutes or @raised">
            <xsl:value-of select="$dot"/>
          </xsl:if>
          <xsl:value-of select="concat($label-addressed, ' ')"/>
          <xsl:call-template name="addressees"/>
        </xsl:if>
      </span>
    </xsl:if>
    <xsl:if test="support">
      <br/>
      <span class="quiet">
        <xsl:value-of select="concat($label-supports, ' ')"/>
        <xsl:for-each select="support">
          <xsl:if test="position() > 1">, </xsl:if>
          <xsl:value-of select="@cite"/>
        </xsl:for-each>
      </span>
    </xsl:if>
    <xsl:if test="$standing = 'yes' and (@disposition != 'open' or answer)">
      <br/>
      <strong class="label"><xsl:value-of select="concat($label-standing, ':')"/></strong>
      <xsl:text> </xsl:text>
      <xsl:choose>
        <xsl:when test="@disposition != 'open'">
          <xsl:call-template name="words">
            <xsl:with-param name="code" select="@disposition"/>
          </xsl:call-template>
        </xsl:when>
        <xsl:otherwise><xsl:value-of select="$label-answer"/></xsl:otherwise>
      </xsl:choose>
      <xsl:for-each select="answer">
        <xsl:value-of select="substring('; : ', 1 + 2 * (position() = 1), 2)"/>
        <xsl:if test="@sub"><xsl:value-of select="concat('(', @sub, ')', $nbsp)"/></xsl:if>
        <xsl:call-template name="row-of-text"/>
      </xsl:for-each>
    </xsl:if>
  </xsl:template>

  <xsl:template name="rules">
    <xsl:param name="count"/>
    <xsl:if test="$count > 0">
      <hr class="ruled"/>
      <xsl:call-template name="rules">
        <xsl:with-param name="count" select="$count - 1"/>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>
